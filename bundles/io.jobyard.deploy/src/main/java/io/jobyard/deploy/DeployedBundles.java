// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.spi.handlers.DeployedBundle;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;

/** Bundles of the jars in {@code deploy/}, with their positions and builds. */
final class DeployedBundles {

    /** Number of digits: enough to distinguish builds, and short enough to read. */
    private static final int DIGITS = 8;

    private final DeployOrder order;
    private final Map<Long, DeployedBundle> bundles = new ConcurrentHashMap<>();

    DeployedBundles(DeployOrder order) {
        this.order = order;
    }

    /** Records a bundle before its start, so that it is known when its handlers are registered. */
    void came(Bundle bundle, String file, String hash) {
        bundles.put(bundle.getBundleId(), new DeployedBundle(order.position(file), hash.substring(0, DIGITS)));
    }

    void left(Bundle bundle) {
        bundles.remove(bundle.getBundleId());
    }

    /** Moves a file to the end, because its previous content was never in use. */
    void renew(String file) {
        order.renew(file);
    }

    Optional<DeployedBundle> find(long bundleId) {
        return Optional.ofNullable(bundles.get(bundleId));
    }
}
