package io.flaremail.sandbox.spring;

import io.flaremail.sandbox.Messages;
import io.flaremail.sandbox.Sandbox;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.beans.factory.annotation.ParameterResolutionDelegate;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Parameters of methods that are not {@code @Autowired}: Spring's own extension resolves those that are. */
final class SandboxParameterResolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return (type == Sandbox.class || type == Messages.class)
                && parameter.getDeclaringExecutable() instanceof Method
                && !ParameterResolutionDelegate.isAutowirable(parameter.getParameter(), parameter.getIndex());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return SpringExtension.getApplicationContext(context)
                .getBean(parameter.getParameter().getType());
    }
}
