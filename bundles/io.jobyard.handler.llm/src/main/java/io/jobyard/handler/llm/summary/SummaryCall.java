// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

/**
 * Call of a model for one summary.
 *
 * @param text text to summarize
 * @param isLast whether it creates the final summary, which is emitted while it arrives
 */
record SummaryCall(String step, String text, boolean isLast) {}
