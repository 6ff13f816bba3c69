// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

/**
 * Use of calls.
 *
 * @param inputTokens of the prompts, including those from the provider's cache
 * @param cachedTokens input tokens from the provider's cache
 * @param outputTokens of the answers
 */
public record TokenUsage(long inputTokens, long cachedTokens, long outputTokens) {

    public static final TokenUsage NONE = new TokenUsage(0, 0, 0);

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                inputTokens + other.inputTokens, cachedTokens + other.cachedTokens, outputTokens + other.outputTokens);
    }

    /** Returns the tokens as limits count them. */
    public long tokens() {
        return inputTokens + outputTokens;
    }
}
