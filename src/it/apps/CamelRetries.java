import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** A Camel application that tries again whatever went wrong, three times in all: one route to each mail endpoint it is given. */
public class CamelRetries {
    public static void main(String[] endpoints) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1));
                for (int i = 0; i < endpoints.length; i++) {
                    from("direct:orders" + i).to(endpoints[i]);
                }
            }
        });
        main.start();
        for (int i = 0; i < endpoints.length; i++) {
            try {
                main.getCamelTemplate().sendBody("direct:orders" + i, "no room for order " + i);
                System.out.println(i + " sent");
            } catch (RuntimeException e) {
                System.out.println(i + " not sent");
            }
        }
        main.stop();
    }
}
