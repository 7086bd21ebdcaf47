import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** A Camel application with one route, to a mail endpoint that its configuration names. */
public class CamelRoute {
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:orders").to("{{orders.mail}}");
            }
        });
        main.start();
        main.getCamelTemplate().sendBody("direct:orders", "no room for order 17");
        main.stop();
    }
}
