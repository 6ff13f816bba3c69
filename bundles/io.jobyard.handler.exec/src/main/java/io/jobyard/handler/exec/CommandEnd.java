// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

/** The end of a program. */
record CommandEnd(int exit, ProgramOutput output, ProgramOutput errors) {}
