// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;

/** How much of a job's row a move writes; each scope includes those before it. */
enum UpdateScope {
    /** For a job that stays where it is in the index of lanes, which then is not written. */
    STATE,
    /** For a job that comes into a lane, or goes out of one, or stops running. */
    PLACE,
    /** For a job that somebody has changed. */
    TERMS;

    boolean writes(Field column) {
        WrittenFrom least = column.getAnnotation(WrittenFrom.class);
        return least != null && least.value().compareTo(this) <= 0;
    }

    /** The least scope that writes a column. A column without it is written with the new row alone. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    @interface WrittenFrom {
        UpdateScope value();
    }
}
