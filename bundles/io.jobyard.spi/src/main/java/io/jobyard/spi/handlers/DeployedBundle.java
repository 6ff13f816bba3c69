// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

/**
 * Bundle of a jar in {@code deploy/}. Snapshot.
 *
 * @param position index of its jar in the order of deployment, from 1; an update keeps it
 * @param build first digits of the jar's hash, which differ between builds of one version
 */
public record DeployedBundle(int position, String build) {}
