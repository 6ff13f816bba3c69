// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

/**
 * A handler that a bundle offers, and that gets no jobs because something about it is wrong.
 *
 * @param type the job type; empty if it names none
 * @param bundleId the framework's id of its bundle
 * @param reason what is wrong, in one line
 */
public record RefusedHandler(String type, long bundleId, String reason) {}
