// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

/**
 * Handler that gets no jobs because it is invalid.
 *
 * @param type job type; empty if the handler names none
 * @param bundleId framework ID of its bundle
 * @param reason problem, in one line
 */
public record RefusedHandler(String type, long bundleId, String reason) {}
