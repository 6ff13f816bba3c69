// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

/**
 * What one call was charged.
 *
 * @param key of the caller
 * @param model that it named
 * @param inputTokens of the prompt, those that count as cached included
 * @param cachedTokens of the prompt that count as cached
 * @param outputTokens that were sent
 * @param isComplete whether all of the answer was sent
 */
public record Charge(
        String key, String model, long inputTokens, long cachedTokens, long outputTokens, boolean isComplete) {}
