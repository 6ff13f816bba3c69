// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import java.time.Duration;

/**
 * Maximum waiting time and maximum length of an answer.
 *
 * @param idle maximum time between two of its bytes
 * @param maxTokens maximum number of tokens, unless the job sets it
 */
public record AnswerBounds(Duration firstByte, Duration idle, int maxBytes, int maxTokens) {}
