// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import org.jspecify.annotations.Nullable;

/**
 * Model that an endpoint serves.
 *
 * @param name name for jobs
 * @param upstream name that the provider uses
 * @param price price of the model; null if not configured, and then no cost is counted
 * @param cheaper name of the model to use while a budget is low; null for none
 */
public record ServedModel(
        String name,
        String upstream,
        @Nullable Price price,
        @Nullable String cheaper) {}
