// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import io.jobyard.spi.access.Caller;
import java.io.OutputStream;
import java.util.List;

/**
 * Command of a remote caller.
 *
 * @param caller user for whom the command runs
 * @param words name of the command and its arguments, at least one word
 * @param columns width of the caller's terminal; 0 if the output does not go to a terminal
 * @param files files and standard input of the caller; the command opens no others
 * @param out standard output
 * @param err standard error
 */
public record ShellCall(
        Caller caller, List<String> words, int columns, CommandFiles files, OutputStream out, OutputStream err) {}
