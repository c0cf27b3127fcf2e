/** What Terraform's key may do: read and write objects of one bucket, release locks; a version of a state is not its to remove. */
export function keyPolicy(bucket: string): string {
  const resource = `arn:aws:s3:::${bucket}`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketLocation', 's3:GetBucketVersioning'], Resource: [resource] },
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], Resource: [`${resource}/*`] },
      { Effect: 'Allow', Action: ['s3:DeleteObject'], Resource: [`${resource}/*.tflock`] },
    ],
  });
}
