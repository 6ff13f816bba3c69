// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

/** A heading, the line it begins on (from 1), and the tokens of its section, subsections included. */
record Heading(int level, String title, int line, int tokens) {}
