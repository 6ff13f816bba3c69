// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.spi.handlers.HandlerCatalog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Determines the deployment outcome of bundles from their components and handlers. */
final class ActivatedBundles implements Activation {

    private final BundleComponents components;
    private final Supplier<@Nullable HandlerCatalog> catalog;

    /** {@code catalog} returns null while no catalog is registered. */
    ActivatedBundles(BundleComponents components, Supplier<@Nullable HandlerCatalog> catalog) {
        this.components = components;
        this.catalog = catalog;
    }

    @Override
    public boolean serves(Bundle bundle) {
        HandlerCatalog there = catalog.get();
        return there != null && new BundleHandlers(there).serves(bundle);
    }

    @Override
    public void retry(Bundle bundle) {
        components.retry(bundle);
    }

    @Override
    public DeployOutcome outcome(Bundle bundle, @Nullable Bundle before) {
        HandlerCatalog there = catalog.get();
        if (there == null) {
            return DeployOutcome.WAITING;
        }
        BundleHandlers handlers = new BundleHandlers(there);
        return components
                .trouble(bundle)
                .or(() -> components.missing(bundle, handlers.came(bundle)))
                .orElseGet(() -> outcome(bundle, before, handlers));
    }

    /** A bundle without handlers does not replace one whose handlers may be registered soon. */
    private DeployOutcome outcome(Bundle bundle, @Nullable Bundle before, BundleHandlers handlers) {
        DeployOutcome outcome = handlers.outcome(bundle, before);
        boolean hasNone = outcome.equals(DeployOutcome.resolved());
        return hasNone && before != null && isArriving(before, handlers) ? DeployOutcome.ARRIVING : outcome;
    }

    private boolean isArriving(Bundle bundle, BundleHandlers handlers) {
        return components
                .missing(bundle, handlers.came(bundle))
                .filter(DeployOutcome.ARRIVING::equals)
                .isPresent();
    }
}
