// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

/**
 * The end of a program.
 *
 * @param exit the exit status
 * @param output the output
 * @param errors the error output
 */
record CommandEnd(int exit, ProgramOutput output, ProgramOutput errors) {}
