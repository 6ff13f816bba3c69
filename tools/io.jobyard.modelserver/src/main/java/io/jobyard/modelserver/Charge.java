// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

/**
 * Charge for one call.
 *
 * @param key the caller's key
 * @param model the requested model
 * @param inputTokens tokens of the prompt, including cached ones
 * @param cachedTokens cached tokens of the prompt
 * @param outputTokens sent tokens
 * @param isComplete whether the whole answer was sent
 */
public record Charge(
        String key, String model, long inputTokens, long cachedTokens, long outputTokens, boolean isComplete) {}
