// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

/**
 * A bundle of a jar in {@code deploy/}. A snapshot.
 *
 * @param position its jar's place in the order of deployment, from 1; an update keeps it
 * @param build the first digits of the jar's hash: builds of one version differ in it
 */
public record DeployedBundle(int position, String build) {}
