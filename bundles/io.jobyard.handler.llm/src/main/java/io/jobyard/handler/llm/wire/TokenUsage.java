// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

/**
 * Token usage of calls.
 *
 * @param inputTokens tokens of the prompts, including those from the provider's cache
 * @param cachedTokens input tokens from the provider's cache
 * @param outputTokens tokens of the answers
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
