// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Value that is computed from other values, for example a snapshot of many configurations. It is computed at the first read after a change,
 * so several changes in a row cause only one computation, and each read sees all earlier changes.
 *
 * @param <T> type of the value, which is immutable
 */
public final class Derived<T> {

    private final Supplier<T> maker;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** Null until it is created. */
    private volatile @Nullable T value;

    /**
     * Creates the value without computing it.
     *
     * @param maker computes the value; it is called under a lock, so it must not wait for a reader of this value
     */
    public Derived(Supplier<T> maker) {
        this.maker = maker;
    }

    /** Returns the value, a snapshot. Computes it first if something has changed. */
    public T get() {
        T known = value;
        return known != null ? known : make();
    }

    private synchronized T make() {
        T known = value;
        if (known == null) {
            known = maker.get();
            value = known;
        }
        return known;
    }

    /** Marks the value as outdated, and calls the listeners on this thread, without a lock. */
    public void changed() {
        synchronized (this) { // a value that is being computed may lack the change
            value = null;
        }
        listeners.forEach(Runnable::run);
    }

    /**
     * Registers a listener, which may read the value. It is called at each change, on the thread of the change.
     *
     * @return action that removes the listener
     */
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
