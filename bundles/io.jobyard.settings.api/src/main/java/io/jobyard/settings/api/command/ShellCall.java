// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.command;

import io.jobyard.spi.access.Caller;
import java.io.OutputStream;
import java.util.List;

/**
 * A command that a caller elsewhere gives.
 *
 * @param caller the user for whom the command runs
 * @param words the command's name and its arguments, one at least
 * @param columns the width of the caller's terminal; 0 if the output goes elsewhere
 * @param files the caller's files and standard input; the command opens no others
 * @param out standard output
 * @param err standard error
 */
public record ShellCall(
        Caller caller, List<String> words, int columns, CommandFiles files, OutputStream out, OutputStream err) {}
