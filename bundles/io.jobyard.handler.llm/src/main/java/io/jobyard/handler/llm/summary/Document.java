// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

/**
 * Text with its name.
 *
 * @param name name in the result
 * @param text to summarize
 */
record Document(String name, String text) {}
