package io.flaremail.sandbox.spring;

import io.flaremail.sandbox.Sandbox;
import io.flaremail.sandbox.SandboxBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Starts a sandbox for a context. Equal ones share a context: Spring's cache compares them. */
record SandboxContextCustomizer(List<String> domains, boolean anySender) implements ContextCustomizer {
    private static final String BEAN = "flaremailSandbox";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        if (hasSandbox(context.getParent())) {
            return; // whose beans and properties a child sees
        }
        SandboxBuilder builder = Sandbox.builder().anySender(anySender);
        domains.forEach(builder::domain);
        Sandbox sandbox = builder.start();
        DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
        beans.registerSingleton(BEAN, sandbox);
        beans.registerSingleton(BEAN + "Messages", sandbox.messages());
        beans.registerDisposableBean(BEAN, sandbox::close);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("Flaremail sandbox", properties(sandbox)));
    }

    private static boolean hasSandbox(ApplicationContext parent) {
        return parent != null && parent.getBeanProvider(Sandbox.class).getIfAvailable() != null;
    }

    private static Map<String, Object> properties(Sandbox sandbox) {
        Map<String, Object> properties = new LinkedHashMap<>();
        // Spring Boot creates a JavaMailSender only if there is a host. Flaremail does not use it.
        properties.put("spring.mail.host", "127.0.0.1");
        properties.put("spring.mail.protocol", sandbox.properties().getProperty("mail.transport.protocol"));
        // The application's own credentials, which the sender would pass on, are not the sandbox's.
        properties.put("spring.mail.username", sandbox.account());
        properties.put("spring.mail.password", sandbox.token());
        sandbox.properties().forEach((key, value) -> properties.put("spring.mail.properties." + key, value));
        properties.put("flaremail.sandbox.endpoint", sandbox.endpoint().toString());
        properties.put("flaremail.sandbox.account", sandbox.account());
        properties.put("flaremail.sandbox.token", sandbox.token());
        properties.put("flaremail.sandbox.imap", sandbox.imap());
        return properties;
    }
}
