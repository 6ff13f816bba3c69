// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

/**
 * How a program ended.
 *
 * @param exit its status
 * @param output what it printed
 * @param errors what it printed as errors
 */
record CommandEnd(int exit, ProgramOutput output, ProgramOutput errors) {}
