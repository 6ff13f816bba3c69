// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

/**
 * A call that makes one summary.
 *
 * @param text what is summarized
 * @param isLast whether it makes the summary of all, which is emitted as it comes
 */
record SummaryCall(String step, String text, boolean isLast) {}
