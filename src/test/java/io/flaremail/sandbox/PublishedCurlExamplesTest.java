package io.flaremail.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The curl commands of Cloudflare's documentation work with the sandbox as they are, apart from the address of the API, ids and
 * token: {@code curl-examples.txt} has them in their published form, with texts of our own.
 */
@Timeout(120)
class PublishedCurlExamplesTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/sandbox/curl-examples.txt");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path home;

    private static Sandbox sandbox;
    private static Curl curl;

    /**
     * @param expected JSON pointer and value of what the answer has, such as {@code /success true}
     * @param captured a variable, and the JSON pointer of its value; empty for none
     */
    private record Example(String name, String expected, String captured, String script) {
        static Example parse(String text) {
            String[] headAndScript = text.split("\n", 2);
            String[] head = headAndScript[0].split(" \\| ");
            return new Example(head[0].trim(), head[1].trim(), head.length < 3 ? "" : head[2].trim(), headAndScript[1]);
        }

        DynamicTest test() {
            return DynamicTest.dynamicTest(name, this::run);
        }

        private void run() throws Exception {
            JsonNode answer = JSON.readTree(curl.run(filled(script)));
            String[] pointerAndValue = expected.split(" ", 2);
            assertEquals(pointerAndValue[1], answer.at(pointerAndValue[0]).asText(), answer::toString);
            if (!captured.isEmpty()) {
                String[] variableAndPointer = captured.split(" ");
                String value = answer.at(variableAndPointer[1]).asText();
                assertTrue(!value.isEmpty(), answer::toString);
                curl.set(variableAndPointer[0], value);
            }
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Curl.require();
        sandbox = Sandbox.builder()
                .domain("example.com")
                .domain("yourdomain.com")
                .eventDelay(Duration.ZERO)
                .start();
        curl = new Curl(home);
        curl.set("ACCOUNT_ID", sandbox.account());
        curl.set("CF_ACCOUNT_ID", sandbox.account());
        curl.set("ZONE_ID", sandbox.zone());
        curl.set("CLOUDFLARE_API_TOKEN", sandbox.token());
        curl.set("API_TOKEN", sandbox.token());
        curl.set("CLOUDFLARE_EMAIL", "ada@example.com");
        curl.set("CLOUDFLARE_API_KEY", sandbox.apiKey());
    }

    @AfterAll
    static void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    /** Placeholders that are no variables of the shell. */
    private static String filled(String script) {
        return script.replace(
                        "https://api.cloudflare.com/client/v4",
                        sandbox.endpoint().toString())
                .replace("{account_id}", sandbox.account())
                .replace("<API_TOKEN>", sandbox.token())
                .replace("<YOUR_ZONE_ID>", sandbox.zone());
    }

    private static List<Example> examples() throws Exception {
        List<Example> examples = new ArrayList<>();
        for (String text : Files.readString(EXAMPLES).split("(?m)^## ")) {
            if (!text.startsWith("#")) {
                examples.add(Example.parse(text));
            }
        }
        return examples;
    }

    /** One after the other: some use ids of earlier answers. */
    @TestFactory
    Stream<DynamicTest> published() throws Exception {
        List<Example> examples = examples();
        assertTrue(examples.size() > 35, examples.size() + " examples");
        return examples.stream().map(Example::test);
    }

    /** The reference prints the message with doubled backslashes: then it is one line, and no valid message. */
    @Test
    void aRawMessageWithoutLineBreaksIsRefused() throws Exception {
        String script = examples().stream()
                .filter(example -> example.script().contains("send_raw"))
                .findFirst()
                .orElseThrow()
                .script();
        assertTrue(script.contains("\\r\\n"));
        JsonNode answer = JSON.readTree(curl.run(filled(script.replace("\\r\\n", "\\\\r\\\\n"))));
        assertEquals(ApiError.INVALID_EMAIL.code(), answer.at("/errors/0/code").intValue(), answer::toString);
    }
}
