import io.flaremail.CloudflareSendFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** A Camel application that retries a mail if a retry is safe and may succeed. Its configuration has the endpoint. */
public class OrderMail extends RouteBuilder {
    // tag::route[]
    @Override
    public void configure() {
        onException(CloudflareSendFailedException.class)
                .retryWhile(simple("${exception.retryable} == true && ${header.CamelRedeliveryCounter} <= 3"))
                .redeliveryDelay("{{orders.retry.delay:60000}}")
                .backOffMultiplier(2)
                .useExponentialBackOff();
        from("direct:orders").to("{{orders.mail}}");
    }
    // end::route[]

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new OrderMail());
        main.start();
        try {
            main.getCamelTemplate().sendBody("direct:orders", "no room for order 17");
            System.out.println("sent");
        } catch (RuntimeException e) {
            System.out.println("not sent: " + e.getCause().getMessage());
        }
        main.stop();
    }
}
