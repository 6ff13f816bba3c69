// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

/**
 * A text with its name.
 *
 * @param name as the result tells it
 * @param text what is summarized
 */
record Document(String name, String text) {}
