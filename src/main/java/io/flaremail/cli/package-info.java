/**
 * The command line: {@code doctor}, {@code subdomains}, {@code limits}, {@code suppressions}, {@code send}.
 *
 * <p>Start at {@link io.flaremail.cli.Main}; a command is a class that does its work in {@code run} and says what it has
 * to say on a {@link io.flaremail.cli.Page}. Everything but {@code send FILE} and part of {@code doctor} works without
 * Jakarta Mail.
 */
package io.flaremail.cli;
