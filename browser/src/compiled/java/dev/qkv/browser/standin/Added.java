package dev.qkv.browser.standin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A method that the compiler's class library lacks or has otherwise, where the JDK has it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Added {
  /**
   * The class that gets the method.
   *
   * @return a class of the JDK
   */
  Class<?> to();

  /**
   * Whether it is a static method there as well; else its first argument is the object.
   *
   * @return whether it is
   */
  boolean isStatic() default false;

  /**
   * Whether it replaces one that is there.
   *
   * @return whether it does
   */
  boolean instead() default false;
}
