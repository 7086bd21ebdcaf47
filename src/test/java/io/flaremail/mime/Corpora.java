package io.flaremail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** The test messages of other projects, read from their test jars on the class path. */
public final class Corpora {
    /** @param bytes canonical: CRLF line ends, one at the end */
    public record Sample(String name, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Corpus(String name, String knownResource, Pattern files, int expected) {}

    private static final List<Corpus> ALL = List.of(
            new Corpus("mime4j", "testmsgs/bad-newlines-multiple-parts-base64.msg", Pattern.compile(".*\\.msg"), 80),
            new Corpus("tika", "test-documents/testRFC822", Pattern.compile("test-documents/.+(?<!\\.mbox)"), 23),
            new Corpus(
                    "jdkim", "org/apache/james/jdkim/corpus/multiHeader.eml", Pattern.compile(".*/corpus/.+\\..+"), 76),
            new Corpus("commons-email", "eml/simple.eml", Pattern.compile("eml/.+"), 10));

    private Corpora() {}

    /** All messages. Fails if there are fewer than expected. */
    public static List<Sample> messages() {
        List<Sample> samples = new ArrayList<>();
        for (Corpus corpus : ALL) {
            List<Sample> some = read(corpus);
            if (some.size() < corpus.expected) {
                throw new AssertionError(
                        corpus.name + ": expected " + corpus.expected + " messages, found " + some.size());
            }
            samples.addAll(some);
        }
        return samples;
    }

    private static List<Sample> read(Corpus corpus) {
        List<Sample> samples = new ArrayList<>();
        try (JarFile jar = jarWith(corpus.knownResource)) {
            for (JarEntry entry : jar.stream().toList()) {
                if (!entry.isDirectory()
                        && corpus.files.matcher(entry.getName()).matches()) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        samples.add(
                                new Sample(corpus.name + ":" + entry.getName(), LineEnds.canonical(in.readAllBytes())));
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError("cannot read the messages of " + corpus.name, e);
        }
        return samples;
    }

    private static JarFile jarWith(String resource) throws IOException {
        var url = Corpora.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new AssertionError("not on the class path: " + resource);
        }
        var connection = (JarURLConnection) url.openConnection();
        connection.setUseCaches(false);
        return connection.getJarFile();
    }
}
