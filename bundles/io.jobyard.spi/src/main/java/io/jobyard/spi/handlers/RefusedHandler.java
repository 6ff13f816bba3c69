// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

/**
 * A handler of a bundle that gets no jobs because it is invalid.
 *
 * @param type the job type; empty if it names none
 * @param bundleId the framework's id of its bundle
 * @param reason the problem, in one line
 */
public record RefusedHandler(String type, long bundleId, String reason) {}
