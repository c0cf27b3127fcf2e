import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';

/** Stands for a value Terraform will only know after apply. */
export class Unknown {
  /** The one instance; compare with `===` through {@link isUnknown}. */
  static readonly value = new Unknown();
  /** Keeps the type apart from every other object's. */
  readonly unknown = true;
  private constructor() {}
}

/** A value as Terraform sends it: JSON's kinds, and {@link Unknown} anywhere inside. */
export type Value = null | boolean | number | string | Unknown | Value[] | { [key: string]: Value; };

/** The object of a resource, a block or a provider configuration. */
export type ObjectValue = { [key: string]: Value; };

/** @returns Whether Terraform will only know the value after apply. */
export const isUnknown = (value: Value | undefined): value is Unknown => value instanceof Unknown;

/** Extension types of Terraform's MessagePack: a plain unknown value, and one with a narrowed range. */
const UNKNOWN = 0;
const REFINED_UNKNOWN = 12;

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: UNKNOWN,
  encode: (object: unknown) => (object instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => Unknown.value,
});
extensionCodec.register({ type: REFINED_UNKNOWN, encode: () => null, decode: () => Unknown.value });

const encoder = new Encoder({ extensionCodec });
const decoder = new Decoder({ extensionCodec });

/** Terraform's wire form of a value: MessagePack always, JSON in stored state. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** Reads a value off the wire; an absent one is null. */
export function decodeValue(wire: DynamicValue | null | undefined): Value {
  if (wire?.msgpack?.length) return decoder.decode(wire.msgpack) as Value;
  if (wire?.json?.length) return JSON.parse(Buffer.from(wire.json).toString('utf8')) as Value;
  return null;
}

/** Writes a value for the wire. */
export const encodeValue = (value: Value): DynamicValue => ({ msgpack: encoder.encode(value) });
