/**
 * The command line: {@code doctor}, {@code subdomains}, {@code limits}, {@code suppressions}, {@code send}.
 *
 * <p>Start at {@link io.flaremail.cli.Main}; a command is a class that does its work in {@code run} and prints to a
 * {@link io.flaremail.cli.Page}. Only a part of {@code doctor} needs Jakarta Mail.
 */
package io.flaremail.cli;
