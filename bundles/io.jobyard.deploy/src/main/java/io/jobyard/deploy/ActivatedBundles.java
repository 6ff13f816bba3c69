// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.spi.HandlerCatalog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** What became of bundles by their components and by what the host makes of their handlers. */
final class ActivatedBundles implements Activation {

    private final Components components;
    private final Supplier<@Nullable HandlerCatalog> catalog;

    /** With the catalog of the moment; null while there is none. */
    ActivatedBundles(Components components, Supplier<@Nullable HandlerCatalog> catalog) {
        this.components = components;
        this.catalog = catalog;
    }

    @Override
    public boolean serves(Bundle bundle) {
        HandlerCatalog there = catalog.get();
        return there != null && new HandlersOf(there).serves(bundle);
    }

    @Override
    public Fate fate(Bundle bundle, @Nullable Bundle before) {
        HandlerCatalog there = catalog.get();
        if (there == null) {
            return Fate.WAITING;
        }
        HandlersOf handlers = new HandlersOf(there);
        return components
                .trouble(bundle)
                .or(() -> components.unmade(bundle, handlers.came(bundle)))
                .orElseGet(() -> handlers.fate(bundle, before));
    }
}
