// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

/**
 * A text with its name.
 *
 * @param name in the result
 * @param text to summarize
 */
record Document(String name, String text) {}
