// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import org.jspecify.annotations.Nullable;

/**
 * A model that an endpoint serves.
 *
 * @param name as jobs name it
 * @param upstream as the provider names it
 * @param price null if nobody has said it: then no money is counted
 * @param cheaper the name of the model to take while a budget is low; null for none
 */
public record ServedModel(
        String name,
        String upstream,
        @Nullable Price price,
        @Nullable String cheaper) {}
