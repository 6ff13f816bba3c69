// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

/**
 * Heading of a text.
 *
 * @param line line on which it begins, from 1
 * @param tokens number of tokens in its section, including subsections
 */
record Heading(int level, String title, int line, int tokens) {}
