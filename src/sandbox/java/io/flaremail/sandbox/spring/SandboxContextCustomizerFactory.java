package io.flaremail.sandbox.spring;

import java.util.List;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Spring asks it about every test class. */
final class SandboxContextCustomizerFactory implements ContextCustomizerFactory {
    /** @return null for a class without the annotation */
    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
        FlaremailSandbox wanted = annotation(testClass);
        return wanted == null ? null : new SandboxContextCustomizer(List.of(wanted.domains()), wanted.anySender());
    }

    /** Also that of a class around a nested one. */
    static FlaremailSandbox annotation(Class<?> testClass) {
        return TestContextAnnotationUtils.findMergedAnnotation(testClass, FlaremailSandbox.class);
    }
}
