// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.spi.handlers.DeployedBundle;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;

/** The bundles of the jars in {@code deploy/}, with their places and builds. */
final class DeployedBundles {

    /** Enough to tell builds apart, and short enough to be read. */
    private static final int DIGITS = 8;

    private final DeployOrder order;
    private final Map<Long, DeployedBundle> bundles = new ConcurrentHashMap<>();

    DeployedBundles(DeployOrder order) {
        this.order = order;
    }

    /** Before its start, so that whoever takes its handlers knows it. */
    void came(Bundle bundle, String file, String hash) {
        bundles.put(bundle.getBundleId(), new DeployedBundle(order.position(file), hash.substring(0, DIGITS)));
    }

    void left(Bundle bundle) {
        bundles.remove(bundle.getBundleId());
    }

    /** What the file held has never served: what it holds now comes last. */
    void renew(String file) {
        order.renew(file);
    }

    Optional<DeployedBundle> find(long bundleId) {
        return Optional.ofNullable(bundles.get(bundleId));
    }
}
