import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An application whose log mails what is wrong; which log that is, the class path decides. */
public class LogsAnError {
    public static void main(String[] args) {
        Logger log = LoggerFactory.getLogger("orders");
        log.info("order 17 came in");
        log.error("no room for order 17", new IllegalStateException("disk full"));
    }
}
