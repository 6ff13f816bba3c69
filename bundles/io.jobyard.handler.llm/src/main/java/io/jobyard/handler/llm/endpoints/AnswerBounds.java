// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import java.time.Duration;

/**
 * How long to wait for an answer, and how long it may be.
 *
 * @param idle how long to wait between two of its bytes
 * @param maxTokens if the job does not say
 */
public record AnswerBounds(Duration firstByte, Duration idle, int maxBytes, int maxTokens) {}
