import { loadPackageDefinition, logVerbosity, Server, ServerCredentials, setLogVerbosity, type ServiceClientConstructor } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { resolve } from 'node:path';
import { Refusal } from '../../common/refusal';
import type { Provider } from './provider';
import { decodeValue, encodeValue, type DynamicValue, type ObjectValue } from './value';

/** A provider that answers on a port of this machine. */
export interface ServedProvider {
  readonly port: number;
  /** Stops answering at once. */
  close(): void;
}

/** State of a thousand guests passes in one message of a few MiB at most. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

// What goes wrong is reported here in full words; the library's own log would repeat it.
setLogVerbosity(logVerbosity.NONE);

const definition = loadPackageDefinition(
  loadSync(resolve(__dirname, 'tfplugin6.proto'), { keepCase: true, enums: String, defaults: true, arrays: true })
);
const service = (definition.tfplugin6 as { Provider: ServiceClientConstructor; }).Provider.service;

/** The fields of any request; each call reads those that belong to it. */
interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config: DynamicValue;
  readonly current_state: DynamicValue;
  readonly prior_state: DynamicValue;
  readonly proposed_new_state: DynamicValue;
  readonly planned_state: DynamicValue;
  readonly raw_state: { json: Uint8Array; };
}

const object = (wire: DynamicValue): ObjectValue => (decodeValue(wire) ?? {}) as ObjectValue;
const maybeObject = (wire: DynamicValue): ObjectValue | null => decodeValue(wire) as ObjectValue | null;

const attributePath = (path: readonly (string | number)[]): object => ({
  steps: path.map((step) => (typeof step === 'number' ? { element_key_int: step } : { attribute_name: step })),
});

/** Calls of the protocol that the tool makes. */
const CALLS = [
  'GetProviderSchema',
  'ValidateProviderConfig',
  'ConfigureProvider',
  'ValidateResourceConfig',
  'ValidateDataResourceConfig',
  'UpgradeResourceState',
  'ReadResource',
  'PlanResourceChange',
  'ApplyResourceChange',
  'ImportResourceState',
  'StopProvider',
] as const;

type Answers = Readonly<Record<(typeof CALLS)[number], (request: Request) => object>>;

/** What a provider answers to each call. */
const answers = (provider: Provider): Answers => ({
  GetProviderSchema: () => provider.schema,
  ValidateProviderConfig: () => ({}),
  ConfigureProvider: ({ config }) => ({ diagnostics: provider.configure(object(config)) }),
  ValidateResourceConfig: ({ type_name, config }) => ({ diagnostics: provider.validate(type_name, object(config)) }),
  ValidateDataResourceConfig: () => ({}),
  UpgradeResourceState: ({ type_name, raw_state }) => ({
    upgraded_state: encodeValue(provider.upgrade(type_name, object(raw_state))),
  }),
  ReadResource: ({ type_name, current_state }) => {
    const { state, diagnostics } = provider.read(type_name, object(current_state));
    return { new_state: encodeValue(state), diagnostics };
  },
  PlanResourceChange: ({ type_name, prior_state, proposed_new_state, config }) => {
    const { planned, replace, diagnostics } = provider.plan(type_name, {
      prior: maybeObject(prior_state),
      proposed: object(proposed_new_state),
      config: object(config),
    });
    return {
      planned_state: encodeValue(planned),
      requires_replace: replace.map(attributePath),
      diagnostics,
      legacy_type_system: provider.isLegacy(type_name),
    };
  },
  ApplyResourceChange: ({ type_name, prior_state, planned_state }) => {
    const { state, diagnostics } = provider.apply(type_name, maybeObject(prior_state), maybeObject(planned_state));
    return { new_state: encodeValue(state), diagnostics, legacy_type_system: provider.isLegacy(type_name) };
  },
  ImportResourceState: ({ type_name, id }) => {
    const { state, diagnostics } = provider.importState(type_name, id);
    return { imported_resources: state ? [{ type_name, state: encodeValue(state) }] : [], diagnostics };
  },
  StopProvider: () => ({}),
});

type Reply = (error: Error | null, message?: object) => void;

/** One call as the library hands it over. */
interface Call {
  readonly request: Request;
  /** Address of the tool's end of the connection. */
  getPeer(): string;
}

/**
 * Serves one provider on the loopback address.
 *
 * @param open - Makes a provider for one connection: the tool opens one for each configuration, such as an alias.
 * @param port - 0, the default, takes any free port.
 * @throws Refusal when the port is taken.
 */
export async function serveProvider(open: () => Provider, port = 0): Promise<ServedProvider> {
  const server = new Server({ 'grpc.max_receive_message_length': MAX_MESSAGE_BYTES });
  const connections = new Map<string, Answers>();
  const answersTo = (peer: string): Answers => {
    const known = connections.get(peer) ?? answers(open());
    connections.set(peer, known);
    return known;
  };
  const handlers = CALLS.map((name) => [
    name,
    (call: Call, reply: Reply) => {
      try {
        reply(null, answersTo(call.getPeer())[name](call.request));
      } catch (error) {
        reply(error as Error);
      }
    },
  ]);
  server.addService(service, Object.fromEntries(handlers));
  const bound = await new Promise<number>((done, fail) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, taken) => {
      if (error) fail(portTaken(port, error));
      else done(taken);
    });
  });
  return { port: bound, close: () => server.forceShutdown() };
}

const portTaken = (port: number, error: Error): Refusal =>
  new Refusal(
    `the stand-in provider cannot listen on 127.0.0.1:${port}: ${error.message}`,
    'stop what holds the port, or leave the port out so that a free one is taken'
  );
