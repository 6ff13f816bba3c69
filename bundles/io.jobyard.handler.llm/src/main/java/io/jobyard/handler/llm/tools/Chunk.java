// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

/** A piece of a text: from offset {@code start} to {@code end}, in UTF-16 units. */
public record Chunk(String text, int tokens, int start, int end) {}
