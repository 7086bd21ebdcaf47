package io.flaremail.dropin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Somebody's application: it knows the mail API and nothing else, and is compiled against the one that it will run with.
 */
final class Application {
    static final String NAME = "example.Application";

    private static final String SOURCE = """
            package example;

            import java.util.Properties;
            import jakarta.mail.*;
            import jakarta.mail.internet.*;

            public class Application {
                public static void main(String[] properties) throws Exception {
                    Properties all = new Properties();
                    for (String each : properties) {
                        all.setProperty(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
                    }
                    Session session = Session.getInstance(all);
                    MimeMessage message = new MimeMessage(session);
                    message.setFrom(new InternetAddress("billing@example.com"));
                    message.setRecipient(Message.RecipientType.TO, new InternetAddress("ada@example.org"));
                    message.setSubject("Your invoice");
                    message.setText("Attached.");
                    Transport.send(message);
                }
            }
            """;

    private Application() {}

    /** @return a folder of classes */
    static ClassPath compile(MailImplementation mail, Path folder) throws IOException {
        Path source = source(mail, folder);
        return compile(folder.resolve("classes"), "-cp", mail.classPath().toString(), source.toString());
    }

    /** As a module. */
    static ClassPath compileModule(MailImplementation mail, String descriptor, ClassPath modules, Path folder)
            throws IOException {
        Path module = Files.writeString(folder.resolve("module-info.java"), descriptor);
        Path source = source(mail, folder);
        return compile(folder.resolve("classes"), "-p", modules.toString(), module.toString(), source.toString());
    }

    private static Path source(MailImplementation mail, Path folder) throws IOException {
        return Files.writeString(folder.resolve("Application.java"), SOURCE.replace("jakarta.mail", mail.api()));
    }

    private static ClassPath compile(Path classes, String... args) {
        List<String> all = new ArrayList<>(List.of("-d", classes.toString(), "-Xlint:none"));
        Stream.of(args).forEach(all::add);
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, all.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("javac " + all);
        }
        return ClassPath.of(classes);
    }
}
