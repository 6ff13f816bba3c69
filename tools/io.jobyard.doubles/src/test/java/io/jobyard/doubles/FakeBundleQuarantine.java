// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import io.jobyard.spi.handlers.BundleQuarantine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Remembers what it was told. */
public final class FakeBundleQuarantine implements BundleQuarantine {

    /** The bundles that had runs when the host before was lost. */
    public final List<Set<String>> losses = new ArrayList<>();

    public final List<String> released = new ArrayList<>();

    @Override
    public void hostBegan(Set<String> bundles) {
        losses.add(bundles);
    }

    @Override
    public void release(String bundle) {
        released.add(bundle);
    }
}
