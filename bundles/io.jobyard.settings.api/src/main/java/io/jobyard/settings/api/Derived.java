// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made of others, such as a snapshot of many configurations. It is made when it is read for the first time after a change: a
 * thousand changes in a row make it once, and a change is in force for every read that follows it.
 *
 * @param <T> an immutable value
 */
public final class Derived<T> {

    private final Supplier<T> maker;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** Null until it is created. */
    private volatile @Nullable T value;

    /** Makes nothing yet. The maker is called while a lock is held, so it must not wait for a reader of this value. */
    public Derived(Supplier<T> maker) {
        this.maker = maker;
    }

    /** Returns the value, a snapshot, and makes it first if something has changed. */
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

    /** Takes note that something has changed, and calls the listeners on this thread, without a lock. */
    public void changed() {
        synchronized (this) { // a value that is being made may lack the change
            value = null;
        }
        listeners.forEach(Runnable::run);
    }

    /** Calls a listener, which may read the value, at each change, on the thread that brings the change; the result removes it. */
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
