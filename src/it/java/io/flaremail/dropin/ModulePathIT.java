package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.sandbox.SandboxExtension;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** On the module path. */
@Timeout(300)
class ModulePathIT {
    @RegisterExtension
    static final SandboxExtension sandbox = new SandboxExtension();

    @TempDir
    Path folder;

    /** One name for all three: nobody can have two of them, and an application that goes from javax to jakarta keeps it. */
    @ParameterizedTest
    @EnumSource
    void nameIsOurs(DropInJar jar) {
        var module =
                ModuleFinder.of(jar.path()).find("io.flaremail").orElseThrow().descriptor();
        assertTrue(module.isAutomatic());
        assertTrue(module.provides().stream().anyMatch(each -> each.providers().contains(Registration.PROVIDER)));
    }

    /** Without {@code jdk.net}, which HttpClient refers to and only a class path has without being asked for. */
    @ParameterizedTest
    @CsvSource({"API_2_1_5_ANGUS_2_0_5, jakarta.mail", "JAKARTA_2_0, jakarta.mail", "JAVAX_1_6, java.mail"})
    void aModuleSends(MailImplementation mail, String api) throws Exception {
        ClassPath modules = mail.classPath().and(mail.dropIn().path());
        String descriptor = "module example { requires " + api + "; requires io.flaremail; exports example; }";
        ClassPath application = Application.compileModule(mail, descriptor, modules, folder);
        List<String> command =
                new ArrayList<>(List.of("-p", application.and(modules).toString()));
        command.addAll(List.of("-m", "example/" + Application.NAME));
        command.addAll(MailProperties.of(sandbox, mail));
        assertEquals(new Jvm(0, "", ""), Jvm.run(command.toArray(String[]::new)));
        assertEquals(1, sandbox.accepted().size());
    }
}
