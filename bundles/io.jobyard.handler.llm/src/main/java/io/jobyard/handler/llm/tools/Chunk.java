// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

/**
 * Part of a text.
 *
 * @param start offset of its begin, in UTF-16 units
 * @param end offset of its end, in UTF-16 units
 */
public record Chunk(String text, int tokens, int start, int end) {}
