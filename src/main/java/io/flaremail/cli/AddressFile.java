package io.flaremail.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.LinkedHashSet;
import java.util.Set;

/** A file with one address on each line; blank lines and lines that start with # are ignored. */
final class AddressFile {
    private static final String ADDRESS = "[^\\s@,;<>\"]+@[^\\s@,;<>\"]+";

    private final String name;

    private AddressFile(String name) {
        this.name = name;
    }

    /**
     * The addresses, each once, in the order of the file.
     *
     * @param file its name, or - for standard input
     */
    static Set<String> read(String file, InputStream in) throws CliException {
        AddressFile addresses = new AddressFile(file.equals("-") ? "standard input" : file);
        try (BufferedReader lines = file.equals("-")
                ? new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))
                : Files.newBufferedReader(Paths.get(file))) {
            return addresses.read(lines);
        } catch (CharacterCodingException e) {
            throw CliException.usage(addresses.name + " is not UTF-8");
        } catch (IOException e) {
            throw CliException.usage("cannot read " + addresses.name + ": " + Input.reason(Paths.get(file), e));
        }
    }

    private Set<String> read(BufferedReader lines) throws IOException, CliException {
        Set<String> addresses = new LinkedHashSet<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String address = line.replace("\uFEFF", "").trim();
            if (!address.isEmpty() && !address.startsWith("#")) {
                addresses.add(requireAddress(address, number));
            }
        }
        return addresses;
    }

    private String requireAddress(String address, int number) throws CliException {
        if (!address.matches(ADDRESS)) {
            throw CliException.usage(name + ", line " + number + ": expected one bare address; nothing was added");
        }
        return address;
    }
}
